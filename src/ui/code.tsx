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
  /** Offsets at which words begin that are to stand out. */
  readonly marks?: ReadonlySet<number>;
  /** Whether long lines are broken rather than scrolled. */
  readonly wrap?: boolean;
}

export const Code = memo(function Code({ text, label, className = "", marks, wrap = false }: CodeProps): ReactNode {
  const lines = useMemo(() => {
    let start = 0;
    return tokenizeText(text).map((line) => {
      const from = start;
      start += line.line.length + 1;
      return { ...line, from };
    });
  }, [text]);
  const isMarked = (from: number, to: number): boolean => marks !== undefined && [...marks].some((at) => from <= at && at < to);
  return (
    <pre
      role={label === undefined ? undefined : "region"}
      aria-label={label}
      tabIndex={label === undefined ? undefined : 0}
      className={`overflow-auto rounded-md border border-line bg-sunken px-2.5 py-1.5 font-mono text-[11.5px] leading-[1.5] text-ink select-text ${wrap ? "break-words whitespace-pre-wrap" : ""} ${className}`}
    >
      {lines.map(({ line, tokens, from }, index) => (
        <span key={index}>
          {tokens.map((token) => {
            const shown = line.slice(token.start, token.end);
            const style = classes[token.kind];
            if (isMarked(from + token.start, from + token.end))
              return (
                <mark key={token.start} className={`rounded-sm bg-bad-soft text-bad underline decoration-bad decoration-2 underline-offset-2 ${style ?? ""}`}>
                  {shown}
                </mark>
              );
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
