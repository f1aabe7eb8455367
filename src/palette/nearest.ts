/** What is meant first by a query: an item of that name, or whose name begins so, before those that only mention it. */
export function nearest<T extends { readonly id: string; readonly title: string }>(items: readonly T[], query: string): T | undefined {
  const wanted = query.trim().toLowerCase();
  const names = (item: T): string[] => [item.title.toLowerCase(), item.id.toLowerCase()];
  return items.find((item) => names(item).includes(wanted)) ?? items.find((item) => names(item).some((name) => name.startsWith(wanted))) ?? items[0];
}
