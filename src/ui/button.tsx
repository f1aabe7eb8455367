/** Buttons, and the tips that say what an icon means and which key does the same. */
import { Tooltip } from "radix-ui";
import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { showKey } from "../actions/action.ts";

type Look = "primary" | "plain" | "ghost" | "danger";

const looks: Readonly<Record<Look, string>> = {
  primary: "bg-accent text-on-accent border-transparent hover:bg-accent-strong disabled:bg-line disabled:text-ink-faint aria-disabled:bg-line aria-disabled:text-ink-faint aria-disabled:hover:bg-line",
  plain: "bg-raised text-ink border-line hover:bg-sunken hover:border-line-strong disabled:text-ink-faint",
  ghost: "bg-transparent text-ink-soft border-transparent hover:bg-sunken hover:text-ink disabled:text-ink-faint disabled:hover:bg-transparent aria-disabled:opacity-45",
  danger: "bg-bad text-panel border-transparent hover:brightness-110",
};

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: Look;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({ look = "plain", className = "", type = "button", ...rest }: ButtonProps): ReactNode {
  return <button type={type} className={`inline-flex h-7 shrink-0 items-center justify-center gap-1.5 rounded-md border px-2.5 text-[12.5px] font-medium whitespace-nowrap transition-colors disabled:opacity-70 ${looks[look]} ${className}`} {...rest} />;
}

export interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly label: string;
  readonly hotkey?: string | undefined;
  readonly pressed?: boolean;
  readonly side?: "top" | "bottom" | "left" | "right";
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button that shows an icon only; its label is its name and its tip. */
export function IconButton({ label, hotkey, pressed, side = "bottom", className = "", children, disabled = false, onClick, ...rest }: IconButtonProps): ReactNode {
  return (
    <Tip text={label} hotkey={hotkey} side={side}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        // Disabled buttons would hear no pointer and show no tip.
        aria-disabled={disabled || undefined}
        onClick={(event) => {
          if (!disabled) onClick?.(event);
        }}
        className={`inline-flex size-7 shrink-0 items-center justify-center rounded-md text-ink-soft transition-colors hover:bg-sunken hover:text-ink aria-disabled:text-ink-faint aria-disabled:opacity-50 aria-disabled:hover:bg-transparent aria-pressed:text-accent ${className}`}
        {...rest}
      >
        {children}
      </button>
    </Tip>
  );
}

export interface TipProps {
  readonly text: ReactNode;
  readonly hotkey?: string | undefined;
  readonly side?: "top" | "bottom" | "left" | "right";
  readonly children: ReactNode;
}

export function Tip({ text, hotkey, side = "bottom", children }: TipProps): ReactNode {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content side={side} sideOffset={6} collisionPadding={8} className="z-50 max-w-80 rounded-md bg-ink px-2 py-1 text-xs text-panel shadow-lg">
          {text}
          {hotkey !== undefined && <kbd className="ml-2 font-sans opacity-70">{showKey(hotkey)}</kbd>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

export function Kbd({ hotkey }: { readonly hotkey: string }): ReactNode {
  return <kbd className="rounded border border-line bg-sunken px-1.5 py-px font-sans text-[11px] text-ink-soft">{showKey(hotkey)}</kbd>;
}
