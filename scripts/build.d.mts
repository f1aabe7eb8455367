export function buildAll(): Promise<void>;
export function buildCommandLine(): Promise<void>;
