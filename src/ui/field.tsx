/** Text fields that hold a draft until it is valid, and say what is wrong with it. */
import { useEffect, useId, useState, type ReactNode } from "react";

export interface TextFieldProps {
  readonly label: ReactNode;
  readonly value: string;
  /** Why a draft cannot be taken; undefined when it can. */
  readonly validate?: (draft: string) => string | undefined;
  /** Called with each valid draft as it is typed. */
  readonly onChange: (value: string) => void;
  /** Taken only when the field is left or Enter is pressed. */
  readonly lazy?: boolean;
  readonly hint?: ReactNode;
  readonly mono?: boolean;
  readonly numeric?: boolean;
  readonly list?: readonly string[];
  readonly aside?: ReactNode;
}

export function TextField({ label, value, validate, onChange, lazy = false, hint, mono = false, numeric = false, list, aside }: TextFieldProps): ReactNode {
  const id = useId();
  const [draft, setDraft] = useState(value);
  // What is typed stays; a change from elsewhere (undo) shows when it is no echo of the draft.
  const [seen, setSeen] = useState(value);
  useEffect(() => {
    if (value === seen) return;
    setSeen(value);
    setDraft(value);
  }, [value, seen]);
  const error = draft === value ? undefined : validate?.(draft);
  const take = (text: string): void => {
    if (text === value || validate?.(text) !== undefined) return;
    setSeen(text);
    onChange(text);
  };
  return (
    <div className="flex flex-col gap-1">
      <div className="flex h-5 items-center justify-between gap-2">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {aside}
      </div>
      <input
        id={id}
        value={draft}
        spellCheck={false}
        autoComplete="off"
        inputMode={numeric ? "numeric" : undefined}
        list={list === undefined ? undefined : `${id}-list`}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-hint`}
        className={`h-7 w-full rounded-md border bg-sunken px-2 ${mono ? "font-mono text-[12px]" : ""} ${error === undefined ? "border-line" : "border-bad"} focus-visible:outline-offset-[-1px]`}
        onChange={(event) => {
          setDraft(event.target.value);
          if (!lazy) take(event.target.value);
        }}
        onBlur={() => {
          if (validate?.(draft) !== undefined) setDraft(value);
          else take(draft);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") take(draft);
          else if (event.key === "Escape" && draft !== value) {
            event.stopPropagation();
            setDraft(value);
          }
        }}
      />
      {list !== undefined && (
        <datalist id={`${id}-list`}>
          {list.map((item) => (
            <option key={item} value={item} />
          ))}
        </datalist>
      )}
      <p id={`${id}-hint`} className={`text-[11.5px] ${error === undefined ? "text-ink-faint" : "text-bad"}`} role={error === undefined ? undefined : "alert"}>
        {error ?? hint}
      </p>
    </div>
  );
}
