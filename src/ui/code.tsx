/** OCaml set in colours, outside of the editor. */
import { memo, useMemo, type ReactNode } from "react";
import { tokenizeText, type TokenKind } from "../editor/ocaml-tokens.ts";

const classes: Partial<Readonly<Record<TokenKind, string>>> = {
  keyword: "ocaml-keyword",
  module: "ocaml-module",
  type: "ocaml-type",
  label: "ocaml-type",
  string: "ocaml-string",
  number: "ocaml-number",
  comment: "ocaml-comment",
  attribute: "ocaml-comment",
};

export interface CodeProps {
  readonly text: string;
  readonly label?: string;
  readonly className?: string;
  /** Whether long lines are broken rather than scrolled. */
  readonly wrap?: boolean;
}

export const Code = memo(function Code({ text, label, className = "", wrap = false }: CodeProps): ReactNode {
  const lines = useMemo(() => tokenizeText(text), [text]);
  return (
    <pre
      role={label === undefined ? undefined : "region"}
      aria-label={label}
      tabIndex={label === undefined ? undefined : 0}
      className={`overflow-auto rounded-md border border-line bg-sunken px-2.5 py-1.5 font-mono text-[11.5px] leading-[1.5] text-ink select-text ${wrap ? "break-words whitespace-pre-wrap" : ""} ${className}`}
    >
      {lines.map(({ line, tokens }, index) => (
        <span key={index}>
          {tokens.map((token) => {
            const shown = line.slice(token.start, token.end);
            const style = classes[token.kind];
            return style === undefined ? (
              shown
            ) : (
              <span key={token.start} className={style}>
                {shown}
              </span>
            );
          })}
          {index < lines.length - 1 && "\n"}
        </span>
      ))}
    </pre>
  );
});
