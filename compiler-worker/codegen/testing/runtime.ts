/**
 * A minimal runtime for tests of the back end, in core: a two-space copying collector (Cheney, "A nonrecursive list compacting
 * algorithm", 1970) that walks stacks by the stack maps, output, exit. It doubles as an example of the contract in ARCHITECTURE section 7.
 *
 * The young space is the whole heap; `semi` bytes each half. With `stress`, every allocation collects.
 */
import { CoreText } from "./core-text.ts";

export interface TestRuntimeOptions {
  readonly semi?: number;
  readonly stress?: boolean;
  readonly stack?: number;
}

export function testRuntime(options: TestRuntimeOptions = {}): CoreText {
  const semi = options.semi ?? 1 << 20;
  const stack = options.stack ?? 1 << 20;
  const text = new CoreText();
  text.add(
    `
(fun exit:i (code:w) (machine syscall 231w code) 0)
(fun write:w (address:w n:w) (machine syscall 1w 1w address n))
; ---- stack maps
(fun find_entry:w (ra:w)
  (let at:w (word.sub ra (symbol text_start))
  (let record:w (word.add (symbol stack_map_index) (word.mul (word.lsr at 10) 8w))
  (let part:w (word.and (word.lsr at 8) 3w)
  (mut i:w (word.add (load32 record) (load8 (word.add record (word.add part 4w))))
  (let stop:w (if (word.eq part 3w) (load32 (word.add record 8w)) (word.add (load32 record) (load8 (word.add record (word.add part 5w)))))
  (mut found:w 0w
   (while (and (word.eq found 0w) (word.lt i stop))
     (let e:w (load32 (word.add (symbol stack_map_entries) (word.mul i (symbol stack_map_entry_bytes))))
       (if (word.eq (word.and e 255w) (word.and at 255w))
         (set found (word.add (symbol stack_map_pool) (word.and (word.lsr e 8) (if (word.eq (symbol stack_map_entry_bytes) 3w) 0xffffw 0xffffffw)))))
       (set i (word.add i 1w))))
   found)))))))
(fun varint:w (p:w) ; value in the result, new position in static memory
  (mut value:w 0w (mut shift:i 0 (mut at:w p (mut more:i 1
    (while more
      (let byte:w (load8 at)
        (set value (word.or value (word.shl (word.and byte 127w) shift)))
        (set shift (int.add shift 7))
        (set at (word.add at 1w))
        (set more (word.ne (word.and byte 128w) 0w))))
    (store (static position) at)
    value)))))
; ---- copying
(fun in_from:i (p:w) (and (word.uge p (load (static from_start))) (word.ult p (load (static from_end)))))
(fun scan_slot:i (slot:w)
  (let word:w (load slot)
   (if (and (word.eq (word.and word 1w) 0w) (in_from word))
     (let h:w (load (word.sub word 8w))
      (if (word.eq h 0w) (store slot (load word)) ; forwarded
       (if (word.eq (word.and h 255w) 249w)
         (let start:w (word.sub word (word.mul (word.lsr h 10) 8w))
           (store slot start)
           (scan_slot slot)
           (store slot (word.add (load slot) (word.sub word start))))
       (let bytes:w (word.add (word.mul (word.lsr h 10) 8w) 8w)
        (let to:w (word.sub (load (static to_pointer)) bytes)
          (store (static to_pointer) to)
          (machine copy_bytes to (word.sub word 8w) bytes)
          (store (word.sub word 8w) 0w)
          (store word (word.add to 8w))
          (store (static queue) (word.add (load (static queue)) 8w))
          (store (load (static queue)) (word.add to 8w))
          (store slot (word.add to 8w)))))))
     0)))
(fun scan_block:i (block:w)
  (let h:w (load (word.sub block 8w))
  (let tag:w (word.and h 255w)
  (let size:w (word.lsr h 10)
   (if (word.eq tag 245w) (scan_fiber_value (load block))
   (if (word.ult tag 251w)
     (mut i:w (if (word.eq tag 247w) (word.lsr (word.shl (load (word.add block 8w)) 8) 9) 0w)
       (while (word.lt i size)
         (scan_slot (word.add block (word.mul i 8w)))
         (set i (word.add i 1w))))
     0))))))
(fun scan_fiber_value:i (f:w) (if (word.eq f 1w) 0 (scan_fibers (word.sub f 1w))))
(fun scan_fibers:i (fiber:w)
  (mut f:w fiber
    (while (word.ne f 0w)
      (scan_slot (word.add f 24w)) (scan_slot (word.add f 32w)) (scan_slot (word.add f 40w))
      (scan_stack (load f) 0w)
      (set f (load (word.add f 16w))))))
(fun drain:i ()
  (while (word.ne (load (static queue)) (static queue_area 8000000))
    (let block:w (load (load (static queue)))
      (store (static queue) (word.sub (load (static queue)) 8w))
      (scan_block block))))
(fun scan_stack:i (start:w area0:w)
  (mut sp:w start (mut area:w area0 (mut more:i 1
    (while more
      (let d:w (find_entry (load sp))
       (if (word.eq d 0w) (exit 97w))
       (let head:w (varint d)
       (let frame:w (word.add sp 8w)
       (let size:w (word.lsr head 2)
       (mut p:w (load (static position))
         (if (word.ne (word.and head 1w) 0w)
           (seq
             (mut mask:w (load16 p) (mut r:w 0w
               (while (word.ne mask 0w)
                 (if (word.ne (word.and mask 1w) 0w) (scan_slot (word.add area (word.mul r 8w))))
                 (set mask (word.lsr mask 1))
                 (set r (word.add r 1w)))))
             (set p (word.add p 2w))))
         (if (word.ne (word.and head 2w) 0w)
           (if (word.eq (load8 p) 0w) (set more 0) (seq (set area frame) 0))
           (mut i:w 0w
             (while (word.lt i size)
               (if (word.ne (word.and (word.lsr (load8 (word.add p (word.lsr i 3))) (word.toInt (word.and i 7w))) 1w) 0w)
                 (scan_slot (word.add frame (word.mul i 8w))))
               (set i (word.add i 1w)))))
         (set sp (word.add frame (word.mul size 8w)))))))))))))
(fun scan_roots:i ()
  (mut at:w (symbol roots_start)
    (while (word.lt at (symbol roots_end))
      (scan_block (word.add at 8w))
      (set at (word.add at (word.add 8w (word.mul 8w (word.lsr (load at) 10))))))))
(fun collect:i (words:w registers:w sp:w)
  (let start:w (load (static from_start))
  (let stop:w (load (static from_end))
  (let other:w (load (static other_start))
    (store (static collections) (word.add (load (static collections)) 1w))
    (store (static queue) (static queue_area 8000000))
    (store (static to_pointer) (word.add other ${semi}w))
    (scan_roots)
    (scan_stack sp registers)
    (let cur:w (load (symbol current_fiber))
      (scan_slot (word.add cur 24w)) (scan_slot (word.add cur 32w)) (scan_slot (word.add cur 40w))
      (scan_fibers (load (word.add cur 16w))))
    (drain)
    ; poison what is left behind
    (machine fill_words start 0x7ff1w ${semi / 8}w)
    (store (static from_start) other)
    (store (static from_end) (word.add other ${semi}w))
    (store (static other_start) start)
    (store (symbol young_pointer) (load (static to_pointer)))
    (store (symbol young_start) other)
    (store (symbol young_end) (word.add other ${semi}w))
    ${options.stress === true ? "" : "(store (symbol young_limit) other)"}
    (if (word.lt (word.sub (load (static to_pointer)) (word.mul words 8w)) other)
      (seq (write (static message) 0w) (exit 98w)))
    0))))
; a fiber's stack is moved to one of twice the size; the main stack is not
(fun stack_overflow:w (sp:w bytes:w)
  (let f:w (load (symbol current_fiber))
  (if (word.eq f (symbol main_fiber)) 0w
  (let top:w (load (word.add f 56w))
  (let size:w (word.mul (word.sub (word.add top 4096w) (load (word.add f 48w))) 2w)
  (let start:w (new_stack size)
  (let delta:w (word.sub (word.add start size) top)
    (store (static growths) (word.add (load (static growths)) 1w))
    (machine copy_bytes (word.add sp delta) sp (word.sub top sp))
    (mut t:w (load (symbol exception_handler))
      (store (symbol exception_handler) (word.add t delta))
      (while (word.ne t 0w)
        (let at:w (word.add (word.add t delta) 8w)
          (set t (load at))
          (if (word.ne t 0w) (store at (word.add t delta))))))
    (store (word.add f 56w) (word.add start size))
    (store (word.add f 48w) (word.add start 4096w))
    (store (symbol stack_limit) (word.add start 4096w))
    (word.add sp delta)))))))
)
(fun new_stack:w (size:w)
  (let at:w (load (static next_stack))
    (let start:w (if (word.eq at 0w) (static stacks 16000000) at)
      (store (static next_stack) (word.add start size))
      start)))
(fun alloc_stack (value exception effect)
  (let f:w (new_stack 80w)
  (let start:w (new_stack 8192w)
    (store (word.add f 16w) 0w)
    (store (word.add f 24w) (raw.address value))
    (store (word.add f 32w) (raw.address exception))
    (store (word.add f 40w) (raw.address effect))
    (store (word.add f 48w) (word.add start 4096w))
    (store (word.add f 56w) (word.add start 8192w))
    (raw.value (word.add f 1w)))))
(fun take_continuation (k)
  (let s:w (load (raw.address k))
    (store (raw.address k) 1w)
    (raw.value s)))
(fun growths:i () (word.toInt (load (static growths))))
(fun barrier:i (field:w old:v new:v) 0)
(fun free_fiber:i (f:w) 0)
(fun start:i (info:w)
  (let a:w (static heap ${2 * semi + 4096})
    (store (static from_start) a)
    (store (static from_end) (word.add a ${semi}w))
    (store (static other_start) (word.add a ${semi}w))
    (store (symbol young_start) a)
    (store (symbol young_end) (word.add a ${semi}w))
    (store (symbol young_pointer) (word.add a ${semi}w))
    (store (symbol young_limit) ${options.stress === true ? "-1w" : "a"})
    (let limit:w (word.add (static stack ${stack}) 4096w)
      (let r (stub run_main v (symbol program) 1 (word.add (static stack ${stack}) ${stack}w) limit)
        (if (word.ne (load (symbol uncaught_exception)) 0w) (exit 2w) (exit 0w))))))
`,
    true,
  );
  text.add(
    `
(fun print_string (s)
  (write (raw.address s) (word.ofInt (bytes.length s))) 0)
(fun digits:w (n:w p:w) ; writes backwards, gives the start
  (mut left:w n (mut at:w p
    (while (word.ne left 0w)
      (set at (word.sub at 1w))
      (store8 at (word.add 48w (word.umod left 10w)))
      (set left (word.udiv left 10w)))
    at)))
(fun print_int:i (n:i)
  (let end:w (word.add (static digits 64) 40w)
  (let w:w (word.ofInt n)
    (store8 end 10w)
    (if (word.eq w 0w)
      (seq (store8 (word.sub end 1w) 48w) (write (word.sub end 1w) 2w))
      (let at:w (digits (if (word.lt w 0w) (word.neg w) w) end)
        (let at2:w (if (word.lt w 0w) (seq (store8 (word.sub at 1w) 45w) (word.sub at 1w)) at)
          (write at2 (word.sub (word.add end 1w) at2)))))
    0)))
(fun print_word:i (n:w) (print_int (word.toInt n)))
(fun collections:i () (word.toInt (load (static collections))))
`,
    true,
  );
  text.add(`
(export "morgana_start" start)
(export "morgana_collect" collect)
(export "morgana_stack_overflow" stack_overflow)
(export "morgana_write_barrier" barrier)
(export "morgana_free_fiber" free_fiber)
`);
  return text;
}
