// Theme provider and the light or dark choice, which is kept on this machine.
import { MantineProvider, useMantineColorScheme } from "@mantine/core";
import type { ReactNode } from "react";
import { theme } from "../theme";

export function SchemeProvider({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="light">
      {children}
    </MantineProvider>
  );
}

export function useScheme() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const dark = colorScheme === "dark";
  return { dark, toggle: () => setColorScheme(dark ? "light" : "dark") };
}
