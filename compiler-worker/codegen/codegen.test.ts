/** Generated code, run natively under the test runtime; most programs also with a collection at every allocation. */
import { describe, expect, it } from "vitest";
import { canRun, run } from "./testing/run.ts";

/** What the program prints, in both modes. */
function output(text: string): string {
  const plain = run(text, { optimize: 0 });
  const result = run(text, { semi: 1 << 18 });
  const stressed = run(text, { stress: true, semi: 1 << 18 });
  expect(plain).toEqual(result);
  expect(stressed).toEqual(result);
  expect(result.signal).toBe(null);
  return result.output;
}

describe.skipIf(!canRun)("generated code", () => {
  it("calls, loops and prints", () => {
    expect(
      output(`
(fun fib:i (n:i) (if (int.lt n 2) n (int.add (fib (int.sub n 1)) (fib (int.sub n 2)))))
(do (seq (print_string "hello\\n") (print_int (fib 15)) (print_int -5)))
(do (mut s:i 0 (loop (l i:i) (if (int.gt i 10) (print_int s) (seq (set s (int.add s (int.mul i i))) (jump l (int.add i 1)))) (jump l 0))))
`),
    ).toBe("hello\n610\n-5\n385\n");
  });

  it("keeps lists alive across collections", () => {
    expect(
      output(`
(fun range (n:i) (if (int.eq n 0) 0 (block 0 n (range (int.sub n 1)))))
(fun sum:i (l) (mut s:i 0 (mut p:v l (while (value.eq (value.isInt p) 0) (set s (int.add s (field 0 p))) (set p (field 1 p))) s)))
(fun map (f l) (if (value.isInt l) 0 (let h (f (field 0 l)) (block 0 h (map f (field 1 l))))))
(do (print_int (sum (range 300))))
(do (let k (value.opaque 7) (print_int (sum (map (lambda (x) (int.add x k)) (range 300))))))
`),
    ).toBe("45150\n47250\n");
  });

  it("applies unknown functions to too few, enough and too many arguments", () => {
    expect(
      output(`
(fun f3 (a b c) (int.add (int.mul a 100) (int.add (int.mul b 10) c)))
(fun adder (a) (lambda (b) (int.add a b)))
(fun apply3 (f a b c) (f a b c))
(do (print_int (apply3 (value.opaque f3) 1 2 3)))
(do (let g ((value.opaque f3) 4) (let h (g 5) (seq (print_int (h 6)) (print_int (g 7 8)) (print_int ((value.opaque h) 9))))))
(do (print_int (apply3 (lambda (a b) (lambda (c) (int.sub (int.mul a b) c))) 5 6 7)))
(do (print_int ((value.opaque adder) 3 4)))
(do (letrec ((even (n) (if (int.eq n 0) 1 (odd (int.sub n 1)))) (odd (n) (if (int.eq n 0) 0 (even (int.sub n 1)))))
  (print_int (int.add ((value.opaque even) 10) ((value.opaque odd) 10)))))
(do (let k (value.opaque 1000) (letrec ((f (n) (if (int.eq n 0) k (int.add 1 ((value.opaque g) (int.sub n 1) 0)))) (g (n z) (if (int.eq n 0) (int.add k z) (int.add 2 (f (int.sub n 1))))))
  (seq (print_int (f 10)) (print_int (g 11 5))))))
`),
    ).toBe("123\n456\n478\n459\n23\n7\n1\n1015\n1017\n");
  });

  it("passes many arguments without growing the stack", () => {
    const names = Array.from({ length: 14 }, (_, i) => `a${i}`);
    const params = names.join(" ");
    expect(
      output(`
(fun sum14 (${params}) (int.add a0 (int.add a1 (int.add a2 (int.add a3 (int.add a4 (int.add a5 (int.add a6 (int.add a7 (int.add a8 (int.add a9 (int.add a10 (int.add a11 (int.add a12 a13))))))))))))))
(fun loop14:i (n:i ${params}) (if (int.eq n 0) (int.add (int.mul a0 2) a13) (loop14 (int.sub n 1) ${[...names.slice(1), names[0]!].join(" ")})))
(fun mixed:f (a:f b:i c:f d:i e:f f:f g:f h:f i:f j:f k:f l:f m:f n:f) (float.add (float.sub a n) (float.mul (float.ofInt b) (float.add l m))))
(do (print_int (sum14 1 2 3 4 5 6 7 8 9 10 11 12 13 14)))
(do (print_int ((value.opaque sum14) 1 2 3 4 5 6 7 8 9 10 11 12 13 14)))
(do (print_int (loop14 1000003 1 2 3 4 5 6 7 8 9 10 11 12 13 14)))
(do (print_int (float.toInt (mixed 1.5 2 0.0 0 0.0 0.0 0.0 0.0 0.0 0.0 0.0 10.0 20.0 0.5))))
`),
    ).toBe(`105\n105\n${(1000003 % 14) + 1 + ((1000003 % 14) + 1) + ((1000003 + 13) % 14) + 1}\n61\n`);
  });

  it("raises and handles exceptions, with variables that change in between", () => {
    expect(
      output(`
(fun find:i (l x:i) (if (value.isInt l) (raise (exn Not_found)) (if (int.eq (field 0 l) x) 1 (find (field 1 l) x))))
(do (print_int (try (find (block 0 1 (block 0 2 0)) 2) e 0)))
(do (print_int (try (find (block 0 1 (block 0 2 0)) 3) e (if (value.eq e (exn Not_found)) 5 6))))
(do (mut n:i 0 (seq (try (seq (set n 1) (find 0 1) (set n 2)) e (set n (int.add n 10))) (print_int n))))
(do (mut l:v 0 (seq (try (seq (set l (block 0 7 0)) (find 0 1)) e 0) (print_int (field 0 l)))))
(do (print_int (try (try (raise (block 0 1)) e (raise (block 0 (int.add (field 0 e) 1)))) e (int.add (field 0 e) 100))))
; a jump out of two regions pops both
(do (seq (join (out x:i) (print_int x) (try (try (seq (find (block 0 1 0) 1) (jump out 33)) e 1) e 2)) (print_int (try (raise 4) e 44))))
(do (print_int (loop (l i:i s:i) (if (int.gt i 5) s (let r (try (if (int.eq (int.and i 1) 0) (raise_notrace i) i) e (int.mul e 100)) (jump l (int.add i 1) (int.add s r)))) (jump l 0 0))))
`),
    ).toBe("1\n5\n11\n7\n102\n33\n44\n609\n");
  });

  it("switches", () => {
    expect(
      output(`
(fun dense:i (n:i) (switch n (0 10) (1 11) (2 12) (3 13) (5 15) (6 16) (else 99)))
(fun sparse:i (n:i) (switch n (-5 1) (0 2) (70 3) (1000 4) (1000000 5) (else 6)))
(fun exhaustive:i (n:i) (switch n (0 5) (1 6) (2 7) (3 8) (4 9)))
(fun two:i (n:i) (switch n (0 5) (1 6)))
(do (mut i:i -2 (while (int.lt i 9) (print_int (dense i)) (set i (int.add i 1)))))
(do (seq (print_int (sparse -5)) (print_int (sparse 0)) (print_int (sparse 70)) (print_int (sparse 1000)) (print_int (sparse 1000000)) (print_int (sparse 71))))
(do (seq (print_int (exhaustive 0)) (print_int (exhaustive 4)) (print_int (two 0)) (print_int (two 1))))
`),
    ).toBe(`${[99, 99, 10, 11, 12, 13, 99, 15, 16, 99, 99, 1, 2, 3, 4, 5, 6, 5, 9, 5, 6].join("\n")}\n`);
  });

  it("computes with floats", () => {
    expect(
      output(`
(fun norm:f (x:f y:f) (float.sqrt (float.add (float.mul x x) (float.mul y y))))
(do (print_int (float.toInt (norm 3.0 4.0))))
(fun truth:i (b:i) b)
(fun compare_all:i (x:f y:f) (seq
  (print_int (int.add (int.mul 100000 (float.eq x y)) (int.add (int.mul 10000 (float.ne x y)) (int.add (int.mul 1000 (float.lt x y)) (int.add (int.mul 100 (float.le x y)) (int.add (int.mul 10 (float.gt x y)) (float.ge x y)))))))
  (print_int (int.add (if (float.eq x y) 100000 0) (int.add (if (float.ne x y) 10000 0) (int.add (if (float.nlt x y) 1000 0) (int.add (if (float.nle x y) 100 0) (int.add (if (float.ngt x y) 10 0) (if (float.nge x y) 1 0)))))))
  (print_int (float.compare3 x y))))
(do (seq (compare_all 1.0 2.0) (compare_all 2.0 2.0) (compare_all 3.0 2.0) (let nan:f (float.sub (float.div 1.0 0.0) (float.div 1.0 0.0)) (seq (compare_all nan 1.0) (compare_all nan nan)))))
(do (let a (floats 1.5 2.5) (seq (setfloatfield 1 a (float.mul 4.0 (floatfield 0 a))) (print_int (float.toInt (floatfield 1 a))))))
(do (print_int (float.toInt (float.neg (float.abs -7.0)))))
(do (print_word (word.lsr (float.bits 1.0) 52)))
(do (print_int (float.toInt (float.unbox (value.opaque (float.box 12.75))))))
`),
    ).toBe("5\n11100\n10011\n-1\n100101\n101010\n0\n10011\n11100\n1\n10000\n11111\n-1\n10000\n11111\n0\n6\n-7\n1023\n12\n");
  });

  it("evaluates effects", () => {
    expect(
      output(`
(fun match_with (f x value exception effect) (runstack (alloc_stack value exception effect) f x))
(fun identity (x) x)
(fun reraise (e) (raise e))
(fun continue (k v) (resume (take_continuation k) identity v (mfield 1 k)))
(fun discontinue (k e) (resume (take_continuation k) (lambda (u) (raise e)) 0 (mfield 1 k)))
(fun yields (n:i) (if (int.eq n 0) 0 (seq (perform (block 0 n)) (yields (int.sub n 1)))))
(fun sum (n:i)
  (let total (mblock 0 0)
    (match_with (lambda (u) (yields n)) 0 (lambda (v) (mfield 0 total)) reraise
      (lambda (e k last) (seq (setfield.imm 0 total (int.add (mfield 0 total) (field 0 e))) (continue k 0))))))
(do (print_int (sum 100)))
; deep recursion in a fiber moves its stack
(fun deep (n:i) (if (int.eq n 0) (perform (block 1 5)) (let r (deep (int.sub n 1)) (block 0 (int.add 1 (field 0 r)) r))))
(do (print_int (match_with (lambda (u) (field 0 (deep 2000))) 0 identity reraise (lambda (e k last) (continue k (block 0 (int.mul 10 (field 0 e)) 0))))))
(do (print_int (int.gt (growths) 0)))
(do (print_int (try (match_with (lambda (u) (raise (block 0 42))) 0 identity reraise (lambda (e k last) 1)) x (field 0 x))))
(do (print_int (match_with (lambda (u) (raise (block 0 43))) 0 identity (lambda (x) (int.add 1 (field 0 x))) (lambda (e k last) 1))))
(do (print_int (match_with (lambda (u) (try (perform (block 0 1)) x (int.add 100 (field 0 x)))) 0 identity reraise (lambda (e k last) (discontinue k (block 0 7))))))
; the inner handler passes it on
(fun inner (u) (match_with (lambda (u) (int.add 1 (perform (block 0 11)))) 0 (lambda (v) (int.mul v 2)) reraise (lambda (e k last) (reperform e k last))))
(do (print_int (match_with inner 0 identity reraise (lambda (e k last) (continue k (int.mul 3 (field 0 e)))))))
; captured and resumed later
(fun two (u) (int.add (perform (block 0 1)) (perform (block 0 2))))
(def saved (mblock 0 0))
(do (match_with two 0 (lambda (v) (seq (print_int v) 0)) reraise (lambda (e k last) (seq (setfield 0 saved k) 0))))
(do (continue (mfield 0 saved) 1000))
(do (continue (mfield 0 saved) 2000))
(fun unhandled (e) (raise (block 0 (int.add 5000 (field 0 e)))))
(fun used (u) (raise (block 0 777)))
(export "morgana_unhandled" unhandled)
(export "morgana_already_resumed" used)
(do (print_int (try (perform (block 0 1)) x (field 0 x))))
(do (print_int (match_with (lambda (u) (try (int.add (perform (block 0 2)) 1) x (field 0 x))) 0 identity reraise (lambda (e k last) (reperform e k last)))))
(do (print_int (try (continue (mfield 0 saved) 1) x (field 0 x))))
`),
    ).toBe("5050\n2050\n1\n42\n44\n107\n68\n3000\n5001\n5002\n777\n");
  });

  it("raises Stack_overflow, and goes on", () => {
    expect(
      run(`
(fun deep:i (n:i) (int.add 1 (deep (int.add n 1))))
(do (print_int (try (deep 0) e (if (value.eq e (exn Stack_overflow)) 1 2))))
(do (print_int (try (deep 0) e (if (value.eq e (exn Stack_overflow)) 1 2))))
`),
    ).toEqual({ output: "1\n1\n", status: 0, signal: null });
  });

  it("ends with an uncaught exception", () => {
    expect(run(`(do (raise (exn Not_found)))`).status).toBe(2);
  });

  it("computes with words and machine operations", () => {
    expect(
      output(`
(do (print_word (word.mulhu -1w -1w)))
(do (seq (print_int (word.ult 1w -1w)) (print_int (word.lt 1w -1w))))
(do (print_word (word.popcount 0xff00ff00ff00ff00w)))
(do (seq (print_word (word.clz 1w)) (print_word (word.ctz 0x100w)) (print_word (word.clz 0w)) (print_word (word.ctz 0w))))
(do (print_word (machine exchange (static cell 8) 5w)))
(do (seq (print_word (machine exchange (static cell 8) 6w)) (print_word (machine compare_exchange (static cell 8) 6w 7w)) (print_word (load (static cell 8)))))
(do (seq (machine fill_words (static area 80) 3w 5w) (machine copy_words (word.add (static area 80) 40w) (static area 80) 4w) (print_word (word.add (load (word.add (static area 80) 64w)) (load (word.add (static area 80) 72w))))))
(do (seq (store8 (static area 80) 200w) (print_word (load8 (static area 80))) (print_word (load (static area 80)))))
(do (print_int (word.ugt (machine rdtsc) 0w)))
(fun twice:w (x:w) (word.add x x))
(export "twice" twice)
(do (print_word (machine call (symbol twice) 21w)))
(do (print_int (int.add (int.popcount -1) (int.add (int.clz 1) (int.ctz 0)))))
`),
    ).toBe("-2\n1\n0\n32\n63\n8\n64\n64\n0\n5\n6\n7\n3\n200\n200\n1\n42\n188\n");
  });
});
