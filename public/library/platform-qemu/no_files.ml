(* Files and folders by name: a machine without a file system has none (ENOENT, and EROFS for what would make one). *)
[@@@runtime]

let enoent = -2
let erofs = -30
let kind (_path : string) : int = enoent [@@primitive "morgana_platform_file_kind"]
let remove (_path : string) : int = enoent [@@primitive "morgana_platform_remove"]
let rename (_path : string) (_new_path : string) : int = enoent [@@primitive "morgana_platform_rename"]
let make_folder (_path : string) (_permissions : int) : int = erofs [@@primitive "morgana_platform_make_folder"]
let remove_folder (_path : string) : int = enoent [@@primitive "morgana_platform_remove_folder"]
let change_folder (_path : string) : int = enoent [@@primitive "morgana_platform_change_folder"]
let current_folder (_buffer : bytes) : int = enoent [@@primitive "morgana_platform_current_folder"]
let open_folder (_path : string) : int = enoent [@@primitive "morgana_platform_open_folder"]
let read_folder (_descriptor : int) (_buffer : bytes) : int = enoent [@@primitive "morgana_platform_read_folder"]
let is_terminal (_descriptor : int) : bool = false [@@primitive "morgana_platform_is_terminal"]
