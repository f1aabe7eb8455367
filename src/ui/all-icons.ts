/** The whole set of icons, as a chunk of its own. */
export { icons } from "lucide-react";
