/** Texts of a page that cannot be told well from what is behind them (WCAG 2.2, 1.4.3: a ratio of 4.5, of 3 for large letters). */
/// <reference lib="dom" />
import type { Page } from "playwright-core";

export function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    type Colour = readonly [number, number, number, number];
    const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true })!;
    const colourOf = (css: string): Colour => {
      pixel.clearRect(0, 0, 1, 1);
      pixel.fillStyle = css;
      pixel.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0, a = 0] = pixel.getImageData(0, 0, 1, 1).data;
      return [r, g, b, a / 255];
    };
    const over = ([r, g, b, a]: Colour, [x, y, z]: Colour): Colour => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a), 1];
    // Relative luminance, as WCAG defines it.
    const channel = (value: number): number => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    const luminance = ([r, g, b]: Colour): number => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
    const faint = new Set<string>();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode.textContent?.trim() ?? "";
      const element = texts.currentNode.parentElement;
      // What cannot be used now, and what is there for screen readers only, may be faint.
      if (element === null || text === "" || element.closest(".sr-only, [aria-disabled=true], :disabled, script, style") !== null) continue;
      const { width, height } = element.getBoundingClientRect();
      if (width < 2 || height < 2 || getComputedStyle(element).visibility === "hidden") continue;
      const around: Element[] = [];
      for (let at: Element | null = element; at !== null; at = at.parentElement) around.unshift(at);
      const opacity = around.reduce((product, at) => product * Number(getComputedStyle(at).opacity), 1);
      const ground = around.reduce<Colour>((behind, at) => over(colourOf(getComputedStyle(at).backgroundColor), behind), [255, 255, 255, 1]);
      const [r, g, b, a] = colourOf(getComputedStyle(element).color);
      const [light = 0, dark = 0] = [luminance(over([r, g, b, a * opacity], ground)), luminance(ground)].sort((p, q) => q - p);
      const ratio = (light + 0.05) / (dark + 0.05);
      if (ratio < (parseFloat(getComputedStyle(element).fontSize) >= 24 ? 3 : 4.5)) faint.add(`${text.slice(0, 40)}: ${ratio.toFixed(2)}`);
    }
    return [...faint];
  });
}
