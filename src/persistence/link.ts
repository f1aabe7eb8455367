/**
 * Projects as links: the exported archive in the address's fragment, which browsers keep to themselves, so no server holds or sees it.
 * The archive's bytes are written in base64url (RFC 4648, section 5).
 */

const PREFIX = "#project=";

/** Longer addresses are cut by programs that pass them on. */
export const MAX_LINK = 48 * 1024;

export function linkTo(address: string, archive: Uint8Array): string {
  const characters = Array.from(archive, (byte) => String.fromCharCode(byte)).join("");
  const encoded = btoa(characters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  return `${address.replace(/#.*$/s, "")}${PREFIX}${encoded}`;
}

/** Whether bytes begin as an archive does that the studio wrote (APPNOTE.TXT, 4.3.7). */
export const isZip = ([p, k, three, four]: Uint8Array): boolean => p === 0x50 && k === 0x4b && three === 3 && four === 4;

/** The archive that a fragment holds: undefined when it holds none, `damaged` when it cannot be read. */
export function archiveIn(fragment: string): Uint8Array | "damaged" | undefined {
  if (!fragment.startsWith(PREFIX)) return undefined;
  try {
    const characters = atob(fragment.slice(PREFIX.length).replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(characters, (character) => character.charCodeAt(0));
  } catch {
    return "damaged";
  }
}
