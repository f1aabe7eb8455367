/** Hands bytes to the browser as a download. */
export function saveFile(name: string, bytes: Uint8Array, type: string): void {
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun when the click returns; the address must outlive its start in every browser.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
