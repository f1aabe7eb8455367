(** Options of DHCP messages (RFC 2132) as devices speak of them. *)

(** An option's code. *)
type option_code

val option_code_to_int : option_code -> int
val int_to_option_code : int -> option_code option

(** Raises [Invalid_argument] when it is not from 0 to 255. *)
val int_to_option_code_exn : int -> option_code

(** Addresses in the order of preference, times in seconds. *)
type dhcp_option =
  | Subnet_mask of Ipaddr.V4.t
  | Routers of Ipaddr.V4.t list
  | Dns_servers of Ipaddr.V4.t list
  | Log_servers of Ipaddr.V4.t list
  | Hostname of string
  | Domain_name of string
  | Broadcast_addr of Ipaddr.V4.t
  | Ntp_servers of Ipaddr.V4.t list
  | Request_ip of Ipaddr.V4.t
  | Ip_lease_time of int32
  | Server_identifier of Ipaddr.V4.t
  | Renewal_t1 of int32
  | Rebinding_t2 of int32
  | Parameter_requests of option_code list
  | Client_id of client_id
  | Vendor_class_id of string
  | Other of int * string  (** any other option: its code and contents *)

and client_id = Hwaddr of Macaddr.t | Id of int * string

val collect_routers : dhcp_option list -> Ipaddr.V4.t list
val collect_dns_servers : dhcp_option list -> Ipaddr.V4.t list
val collect_ntp_servers : dhcp_option list -> Ipaddr.V4.t list
val find_subnet_mask : dhcp_option list -> Ipaddr.V4.t option
val find_hostname : dhcp_option list -> string option
val find_domain_name : dhcp_option list -> string option
val find_broadcast_addr : dhcp_option list -> Ipaddr.V4.t option
val find_ip_lease_time : dhcp_option list -> int32 option
val find_server_identifier : dhcp_option list -> Ipaddr.V4.t option
