/**
 * The catalogue: which modules of the library are devices that can be put on the canvas. A package lists its own in
 * `nodes.json`; what the modules need and give is not written there but read from their typed sources.
 */
import type { PackageFiles } from "../packages/library.ts";
import type { ParameterValue } from "./project.ts";

export interface DeviceParameter {
  readonly name: string;
  /** `ocaml`: an expression of OCaml; empty, it is left out. Only devices of configurations have such. */
  readonly type: "string" | "int" | "bool" | "ocaml";
  readonly default: ParameterValue;
  readonly doc: string;
  /** Whether `connect` takes it with this label (`~name:`) rather than by position. */
  readonly labelled: boolean;
}

export interface Device {
  /** `console`: what project files say. */
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Heading in the palette. */
  readonly category: string;
  /** Name of a lucide icon. */
  readonly icon: string;
  /** The module or functor: `Console`, `Mirage_channel.Make`. */
  readonly module: string;
  readonly package: string;
  /** Given to `connect` before the values of the devices that it is wired to. */
  readonly parameters: readonly DeviceParameter[];
  /** Targets on which it exists; undefined: on all. */
  readonly targets: readonly string[] | undefined;
}

export const CATALOGUE_FILE = "nodes.json";

export class CatalogueError extends Error {
  constructor(packageName: string, message: string) {
    super(`${packageName}/${CATALOGUE_FILE}: ${message}`);
    this.name = "CatalogueError";
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reads the devices of all packages, in the order of packages. Throws `CatalogueError` on a malformed file. */
export function readCatalogue(packages: readonly PackageFiles[]): Device[] {
  const devices: Device[] = [];
  const seen = new Map<string, string>();
  for (const { name, files } of packages) {
    const text = files[CATALOGUE_FILE];
    if (text === undefined) continue;
    let data: unknown;
    try {
      data = JSON.parse(text);
    } catch (error) {
      throw new CatalogueError(name, error instanceof Error ? error.message : String(error));
    }
    if (!Array.isArray(data)) throw new CatalogueError(name, "a list of devices is expected");
    for (const item of data) {
      const device = readDevice(name, item);
      const other = seen.get(device.id);
      if (other !== undefined) throw new CatalogueError(name, `device "${device.id}" is in package ${other} too`);
      seen.set(device.id, name);
      devices.push(device);
    }
  }
  return devices;
}

function readDevice(packageName: string, item: unknown): Device {
  if (!isRecord(item)) throw new CatalogueError(packageName, "a device is an object");
  const text = (field: string): string => {
    const value = item[field];
    if (typeof value !== "string" || value === "") throw new CatalogueError(packageName, `device ${JSON.stringify(item["id"])}: "${field}" must be a string`);
    return value;
  };
  const id = text("id");
  const parameters: DeviceParameter[] = [];
  const given = item["parameters"] ?? [];
  if (!Array.isArray(given)) throw new CatalogueError(packageName, `device "${id}": "parameters" must be a list`);
  for (const parameter of given) {
    if (!isRecord(parameter)) throw new CatalogueError(packageName, `device "${id}": a parameter is an object`);
    const { name, type, doc } = parameter;
    const value = parameter["default"];
    if (typeof name !== "string" || (type !== "string" && type !== "int" && type !== "bool") || typeof doc !== "string") throw new CatalogueError(packageName, `device "${id}": a parameter has a name, a type (string, int or bool) and a doc`);
    const expected = type === "string" ? "string" : type === "int" ? "number" : "boolean";
    if (typeof value !== expected || (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean")) throw new CatalogueError(packageName, `device "${id}": the default of "${name}" must be a ${type}`);
    parameters.push({ name, type, default: value, doc, labelled: parameter["labelled"] === true });
  }
  const targets = item["targets"];
  if (targets !== undefined && (!Array.isArray(targets) || !targets.every((target): target is string => typeof target === "string"))) throw new CatalogueError(packageName, `device "${id}": "targets" must be a list of names`);
  return { id, title: text("title"), summary: text("summary"), category: text("category"), icon: text("icon"), module: text("module"), package: packageName, parameters, targets };
}
