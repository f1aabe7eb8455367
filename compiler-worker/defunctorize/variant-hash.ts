/** The number that stands for a polymorphic variant's label or a method's name (`caml_hash_variant`). */

const memo = new Map<string, bigint>();

export function variantHash(label: string): bigint {
  let hash = memo.get(label);
  if (hash === undefined) {
    let accumulator = 0;
    for (let i = 0; i < label.length; i++) accumulator = (Math.imul(accumulator, 223) + label.charCodeAt(i)) | 0;
    // 31 bits, as a signed number.
    accumulator &= 0x7fffffff;
    hash = BigInt(accumulator > 0x3fffffff ? accumulator - 0x80000000 : accumulator);
    memo.set(label, hash);
  }
  return hash;
}
