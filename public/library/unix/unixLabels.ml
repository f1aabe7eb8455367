(* The module Unix with labels. *)

[@@@ocaml.warning "-16"]

include Unix

let execv ~prog ~args = execv prog args
let execve ~prog ~args ~env = execve prog args env
let execvp ~prog ~args = execvp prog args
let execvpe ~prog ~args ~env = execvpe prog args env
let waitpid ~mode pid = waitpid mode pid
let openfile name ~mode ~perm = openfile name mode perm
let read d ~buf ~pos ~len = read d buf pos len
let write d ~buf ~pos ~len = write d buf pos len
let single_write d ~buf ~pos ~len = single_write d buf pos len
let write_substring d ~buf ~pos ~len = write_substring d buf pos len
let single_write_substring d ~buf ~pos ~len = single_write_substring d buf pos len
let read_bigarray d ~buf ~pos ~len = read_bigarray d buf pos len
let write_bigarray d ~buf ~pos ~len = write_bigarray d buf pos len
let single_write_bigarray d ~buf ~pos ~len = single_write_bigarray d buf pos len
let lseek d offset ~mode = lseek d offset mode
let truncate name ~len = truncate name len
let ftruncate d ~len = ftruncate d len

module LargeFile = struct
  include LargeFile

  let lseek d offset ~mode = lseek d offset mode
  let truncate name ~len = truncate name len
  let ftruncate d ~len = ftruncate d len
end

let map_file d ?pos ~kind ~layout ~shared ~dims = map_file d ?pos kind layout shared dims
let rename ~src ~dst = rename src dst
let link ?follow ~src ~dst = link ?follow src dst
let chmod name ~perm = chmod name perm
let fchmod d ~perm = fchmod d perm
let chown name ~uid ~gid = chown name uid gid
let fchown d ~uid ~gid = fchown d uid gid
let access name ~perm = access name perm
let dup2 ?cloexec ~src ~dst = dup2 ?cloexec src dst
let mkdir name ~perm = mkdir name perm
let mkfifo name ~perm = mkfifo name perm
let create_process ~prog ~args ~stdin ~stdout ~stderr = create_process prog args stdin stdout stderr
let create_process_env ~prog ~args ~env ~stdin ~stdout ~stderr = create_process_env prog args env stdin stdout stderr
let open_process_full command ~env = open_process_full command env
let symlink ?to_dir ~src ~dst = symlink ?to_dir src dst
let select ~read ~write ~except ~timeout = select read write except timeout
let lockf d ~mode ~len = lockf d mode len
let kill ~pid ~signal = kill pid signal
let sigprocmask ~mode signals = sigprocmask mode signals
let utimes name ~access ~modif = utimes name access modif
let socket ?cloexec ~domain ~kind ~protocol = socket ?cloexec domain kind protocol
let socketpair ?cloexec ~domain ~kind ~protocol = socketpair ?cloexec domain kind protocol
let bind d ~addr = bind d addr
let connect d ~addr = connect d addr
let listen d ~max = listen d max
let shutdown d ~mode = shutdown d mode
let recv d ~buf ~pos ~len ~mode = recv d buf pos len mode
let recvfrom d ~buf ~pos ~len ~mode = recvfrom d buf pos len mode
let send d ~buf ~pos ~len ~mode = send d buf pos len mode
let send_substring d ~buf ~pos ~len ~mode = send_substring d buf pos len mode
let sendto d ~buf ~pos ~len ~mode ~addr = sendto d buf pos len mode addr
let sendto_substring d ~buf ~pos ~len ~mode address = sendto_substring d buf pos len mode address
let establish_server serve ~addr = establish_server serve addr
let getservbyname name ~protocol = getservbyname name protocol
let getservbyport port ~protocol = getservbyport port protocol
let tcsetattr d ~mode terminal = tcsetattr d mode terminal
let tcsendbreak d ~duration = tcsendbreak d duration
let tcflush d ~mode = tcflush d mode
let tcflow d ~mode = tcflow d mode
