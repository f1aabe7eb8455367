/** What could be wired to a port: nodes on the canvas and devices of the palette, with the compiler's verdicts. */
import type { Device } from "../../compiler-worker/composition/catalogue.ts";
import type { DeviceNode, GraphEdge } from "../../compiler-worker/composition/project.ts";
import { edgeKey } from "../model/graph.ts";
import { deviceAvailable, fingerprint } from "../store/selectors.ts";
import type { StudioState } from "../store/state.ts";
import type { Studio } from "../studio.ts";

/** The identifier of a device that is not on the canvas yet, in questions to the compiler. */
export function candidateId(device: Device): string {
  return `new:${device.id}`;
}

/** Devices that exist on the project's target. */
export function offeredDevices(state: Pick<StudioState, "catalogue" | "document">): Device[] {
  return (state.catalogue?.devices ?? []).filter((device) => deviceAvailable(device, state.document.target));
}

/** Whether the wire would fit; undefined while the compiler has not said so. */
export function verdictOn(state: Pick<StudioState, "fits" | "document" | "texts">, edge: GraphEdge): boolean | undefined {
  return state.fits?.fingerprint === fingerprint(state.document, state.texts) ? state.fits.checks[edgeKey(edge)]?.ok : undefined;
}

/** Has the compiler judge everything that could be wired to a port. */
export function judgeCandidates(studio: Studio, node: string, port: string): void {
  const state = studio.store.getState();
  const extra = offeredDevices(state).map((device): DeviceNode => ({ kind: "device", id: candidateId(device), device: device.id, parameters: {}, position: { x: 0, y: 0 } }));
  const sources = [...state.document.nodes.map(({ id }) => id).filter((id) => id !== node), ...extra.map(({ id }) => id)];
  void studio.compiler.checkEdges(
    sources.map((from) => ({ from, to: node, port })),
    extra,
  );
}

/** What fits first, what does not last; within each in the given order. */
export function bestFirst<T extends { readonly verdict: boolean | undefined }>(items: readonly T[]): T[] {
  const rank = ({ verdict }: T): number => (verdict === true ? 0 : verdict === undefined ? 1 : 2);
  return [...items].sort((a, b) => rank(a) - rank(b));
}
