/** The line between two panels: dragged, or moved by the arrow keys (WAI-ARIA window splitter pattern). */
import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";

export interface SplitterProps {
  readonly label: string;
  /** The direction of the line itself. */
  readonly orientation: "vertical" | "horizontal";
  /** In the unit of `min`, `max` and `perPixel`. */
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** By how much the value grows for a pixel to the right, or down. */
  readonly perPixel: () => number;
  readonly onChange: (value: number) => void;
  readonly onReset: () => void;
}

/** Pixels that an arrow key moves the line by. */
const KEY_STEP = 24;

export function Splitter({ label, orientation, value, min, max, perPixel, onChange, onReset }: SplitterProps): ReactNode {
  const start = useRef<{ at: number; value: number } | undefined>(undefined);
  const clamp = (wanted: number): number => Math.min(max, Math.max(min, wanted));
  const along = (event: PointerEvent): number => (orientation === "vertical" ? event.clientX : event.clientY);
  const onKeyDown = (event: KeyboardEvent): void => {
    const direction = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 }[event.key];
    const fits = orientation === "vertical" ? event.key === "ArrowLeft" || event.key === "ArrowRight" : event.key === "ArrowUp" || event.key === "ArrowDown";
    if (direction !== undefined && fits) {
      event.preventDefault();
      onChange(clamp(value + direction * KEY_STEP * perPixel()));
    } else if (event.key === "Enter") {
      event.preventDefault();
      onReset();
    }
  };
  const percent = Math.round((100 * (value - min)) / Math.max(1e-9, max - min));
  return (
    <div
      role="separator"
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
      tabIndex={0}
      className={`group relative z-10 shrink-0 bg-line transition-colors hover:bg-accent focus-visible:bg-accent focus-visible:outline-none ${orientation === "vertical" ? "w-px cursor-col-resize" : "h-px cursor-row-resize"}`}
      onKeyDown={onKeyDown}
      onDoubleClick={onReset}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { at: along(event), value };
        event.preventDefault();
      }}
      onPointerMove={(event) => {
        if (start.current !== undefined) onChange(clamp(start.current.value + (along(event) - start.current.at) * perPixel()));
      }}
      onPointerUp={() => (start.current = undefined)}
      onPointerCancel={() => (start.current = undefined)}
    >
      <div className={`absolute ${orientation === "vertical" ? "-inset-x-1 inset-y-0" : "inset-x-0 -inset-y-1"}`} />
    </div>
  );
}
