/** What a command prints: kept until it is done, because a command may be begun again on a larger stack. */

const pieces: { readonly error: boolean; readonly text: string | Uint8Array }[] = [];

export function print(text: string | Uint8Array): void {
  pieces.push({ error: false, text });
}

export function printError(text: string): void {
  pieces.push({ error: true, text });
}

export function flushOutput(): void {
  for (const { error, text } of pieces.splice(0)) (error ? process.stderr : process.stdout).write(text);
}
