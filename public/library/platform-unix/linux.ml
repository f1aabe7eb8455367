(* Linux system calls on x86-64 (the kernel's syscall table; errors are results from -4095 to -1). *)
[@@@runtime]

open Morgana_runtime.Raw

external syscall : word -> word -> word -> word -> word -> word -> word -> word = "%raw_machine_syscall" "%raw_machine_syscall"

let read descriptor address length = syscall 0n descriptor address length 0n 0n 0n
let write descriptor address length = syscall 1n descriptor address length 0n 0n 0n
let openat path flags permissions = syscall 257n (-100n) path flags permissions 0n 0n
let close descriptor = syscall 3n descriptor 0n 0n 0n 0n 0n
let lseek descriptor offset whence = syscall 8n descriptor offset whence 0n 0n 0n

(* PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS *)
let map_anonymous bytes = syscall 9n 0n bytes 3n 0x22n (-1n) 0n
let exit_group code = syscall 231n code 0n 0n 0n 0n 0n
let getrusage who usage = syscall 98n who usage 0n 0n 0n 0n
let clock_gettime clock timespec = syscall 228n clock timespec 0n 0n 0n 0n

(* ppoll(fds, count, timeout, no signal mask) *)
let ppoll fds count timeout = syscall 271n fds count timeout 0n 8n 0n
let rt_sigaction signal action old = syscall 13n signal action old 8n 0n 0n
let sigaltstack stack = syscall 131n stack 0n 0n 0n 0n 0n
let fork () = syscall 57n 0n 0n 0n 0n 0n 0n
let wait4 pid status = syscall 61n pid status 0n 0n 0n 0n
let getrandom address length = syscall 318n address length 0n 0n 0n 0n
let is_error result = result < 0n && result >= -4095n
let clock_realtime = 0n
let clock_monotonic = 1n
let clock_process = 2n
let eintr = -4n

(* {1 Files} *)

let stat path buffer = syscall 4n path buffer 0n 0n 0n 0n
let unlink path = syscall 87n path 0n 0n 0n 0n 0n
let rename path new_path = syscall 82n path new_path 0n 0n 0n 0n
let mkdir path permissions = syscall 83n path permissions 0n 0n 0n 0n
let rmdir path = syscall 84n path 0n 0n 0n 0n 0n
let chdir path = syscall 80n path 0n 0n 0n 0n 0n
let getcwd buffer length = syscall 79n buffer length 0n 0n 0n 0n
let getdents64 descriptor buffer length = syscall 217n descriptor buffer length 0n 0n 0n
let ioctl descriptor request argument = syscall 16n descriptor request argument 0n 0n 0n
