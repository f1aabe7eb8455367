/** The look of menus. */
export const menuContent = "z-50 min-w-56 rounded-lg border border-line bg-panel p-1 shadow-xl";
export const menuItem = "flex h-7 items-center gap-2 rounded-md px-2 outline-none select-none data-[highlighted]:bg-accent-soft data-[disabled]:text-ink-faint data-[disabled]:opacity-60";
export const menuSeparator = "my-1 h-px bg-line";
export const menuLabel = "px-2 pt-1.5 pb-1 text-[10.5px] font-semibold tracking-wide text-ink-faint uppercase";
