// Deep teal for what acts, warm amber for what wants attention, warm paper for the rest.
import { createTheme, type MantineColorsTuple } from "@mantine/core";

const teal: MantineColorsTuple = [
  "#e7f5f3",
  "#cfe8e4",
  "#a0d1ca",
  "#6db9af",
  "#45a498",
  "#2b8f83",
  "#1a7a6f",
  "#0f6259",
  "#0b4d47",
  "#063733",
];

/** Greys of the dark scheme, with the green of its grounds. */
const dark: MantineColorsTuple = [
  "#e9eeec",
  "#cbd6d3",
  "#a6b5b2",
  "#71817f",
  "#2c3b3c",
  "#213031",
  "#1d2b2c",
  "#182425",
  "#111a1b",
  "#0d1516",
];

export const theme = createTheme({
  colors: { teal, dark },
  primaryColor: "teal",
  primaryShade: { light: 7, dark: 6 },
  fontFamily: '"Be Vietnam Pro", "Noto Sans CJK SC", "Microsoft YaHei", system-ui, sans-serif',
  fontSizes: { xs: "12px", sm: "13.5px", md: "15px", lg: "17px", xl: "21px" },
  defaultRadius: 6,
  focusRing: "always",
  autoContrast: true,
  luminanceThreshold: 0.35,
  cursorType: "pointer",
});
