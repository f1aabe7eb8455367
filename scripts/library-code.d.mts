export const LIBRARY_CODE: string;
export function makeLibraryCode(): Promise<string>;
