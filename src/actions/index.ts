/** All actions, and the one place where keys are heard. */
import type { Studio } from "../studio.ts";
import { isAvailable, isCanvasTarget, isTextTarget, matchesKey, type Action } from "./action.ts";
import { buildActions } from "./build.ts";
import { editActions } from "./edit.ts";
import { attempt } from "./notify.ts";
import { navigateActions } from "./navigate.ts";
import { projectActions } from "./project.ts";
import { viewActions } from "./view.ts";

export const actions: readonly Action[] = [...buildActions, ...editActions, ...viewActions, ...navigateActions, ...projectActions];

export function actionNamed(name: string): Action {
  const action = actions.find((candidate) => candidate.name === name);
  if (action === undefined) throw new Error(`no action is named ${name}`);
  return action;
}

export function perform(studio: Studio, action: Action): void {
  if (isAvailable(action, studio)) void attempt(studio, `${action.title} failed`, () => action.perform(studio));
}

/** Performs the action whose key it is; true when there was one. */
export function handleKey(studio: Studio, event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  const { dialog, question } = studio.store.getState();
  if (question !== undefined || (dialog !== undefined && dialog !== "commands")) return false;
  const text = isTextTarget(event.target);
  const canvas = isCanvasTarget(event.target);
  for (const action of actions) {
    if (action.keys === undefined || action.heard === "by the editor" || !action.keys.some((key) => matchesKey(key, event))) continue;
    if (dialog === "commands" && action.name !== "view.commands") return false;
    if ((action.heard === "outside text" && text) || (action.heard === "on the canvas" && (text || !canvas))) return false;
    event.preventDefault();
    event.stopPropagation();
    perform(studio, action);
    return true;
  }
  return false;
}
