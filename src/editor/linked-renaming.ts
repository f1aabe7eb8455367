/** A name that stands in a text and in the graph is renamed in both: undoing that in one of them undoes it in the other. */
import type { GraphRenaming } from "../../compiler-worker/api.ts";
import { renamedGraph } from "../../compiler-worker/composition/project.ts";
import type { Studio } from "../studio.ts";
import type { monaco } from "./monaco.ts";

const reversed = ({ modules, ports }: GraphRenaming, before: Readonly<Record<string, string>>): GraphRenaming => ({
  modules: modules.flatMap(({ node }) => (before[node] === undefined ? [] : [{ node, module: before[node] }])),
  ports: ports.map(({ node, from, to }) => ({ node, from: to, to: from })),
});

/**
 * Renames in the graph, and joins this step with the one that the editor makes next in the model, that of the text.
 */
export function renameWithGraph({ store }: Studio, model: monaco.editor.ITextModel, renaming: GraphRenaming): void {
  if (renaming.modules.length + renaming.ports.length === 0) return;
  let before = store.getState().document;
  const modules = Object.fromEntries(before.nodes.flatMap((node) => (node.kind === "application" ? [[node.id, node.module]] : [])));
  const textBefore = model.getAlternativeVersionId();
  store.edit((document) => renamedGraph(document, renaming));
  let after = store.getState().document;
  // A configuration may have refused.
  if (after === before) return;
  let textAfter: number | undefined;
  let following = false;
  const follow = (step: () => void): void => {
    if (following) return;
    following = true;
    step();
    following = false;
  };

  model.onDidChangeContent(({ isUndoing, isRedoing }) => {
    const version = model.getAlternativeVersionId();
    if (textAfter === undefined) textAfter = version;
    else if (isUndoing && version === textBefore)
      follow(() => {
        if (store.getState().document === after) store.undo();
        else store.edit((document) => renamedGraph(document, reversed(renaming, modules)));
        before = store.getState().document;
      });
    else if (isRedoing && version === textAfter)
      follow(() => {
        store.edit((document) => renamedGraph(document, renaming));
        after = store.getState().document;
      });
  });
  const unsubscribe = store.subscribe(({ document }, { document: previous }) => {
    if (document === before && previous === after && model.getAlternativeVersionId() === textAfter) follow(() => void model.undo());
    else if (document === after && previous === before && model.getAlternativeVersionId() === textBefore && model.canRedo()) follow(() => void model.redo());
  });
  model.onWillDispose(unsubscribe);
}
