/** Where the caret is, above the text: the file, and the definitions around the place. */
import { ChevronRight } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import type { OutlineItem, TextPosition } from "../../compiler-worker/api.ts";

/** The definitions around a place, from the outermost to the innermost. */
export function definitionsAround(outline: readonly OutlineItem[], { line, column }: TextPosition): OutlineItem[] {
  const around = outline.find(({ range: { startLine, startColumn, endLine, endColumn } }) => (startLine < line || (startLine === line && startColumn <= column)) && (line < endLine || (line === endLine && column <= endColumn)));
  return around === undefined ? [] : [around, ...definitionsAround(around.children, { line, column })];
}

interface BreadcrumbsProps {
  readonly file: string;
  readonly path: readonly OutlineItem[];
  /** Goes to a definition; without one, to the list of all in the file. */
  readonly onChoose: (item: OutlineItem | undefined) => void;
}

export function Breadcrumbs({ file, path, onChoose }: BreadcrumbsProps): ReactNode {
  // The keyboard has the list of definitions for it, and Tab goes from the tabs to the text.
  const crumb = "max-w-48 min-w-0 truncate rounded px-1 hover:bg-sunken hover:text-ink";
  return (
    <nav aria-label="Place in the file" data-testid="breadcrumbs" className="flex h-6 shrink-0 items-center gap-0.5 overflow-hidden border-b border-line px-2 text-[11.5px] text-ink-soft">
      <button type="button" tabIndex={-1} className={crumb} title="Definitions in this file" onClick={() => onChoose(undefined)}>
        {file}
      </button>
      {path.map((item) => (
        <Fragment key={`${item.nameRange.startLine}:${item.nameRange.startColumn}`}>
          <ChevronRight size={12} className="shrink-0 text-ink-faint" aria-hidden />
          <button type="button" tabIndex={-1} className={`${crumb} font-mono`} title={`Go to ${item.name}`} onClick={() => onChoose(item)}>
            {item.name}
          </button>
        </Fragment>
      ))}
    </nav>
  );
}
