// Prints a form: looked at first, then its originals once, then copies.
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { PrintMark } from "../../api/bindings";
import { useClient } from "../../api/client";
import { useChanged } from "../../api/queries";
import { type PrintSettings, shiftOf } from "../../lib/print-settings";

/** What was printed last, and where it went; no printer is the system's dialog. */
export interface Done {
  mark: PrintMark;
  times: number;
  printer: string;
}

/** The request of a form as the workstation prints it; null while an offset is none. */
function orderOf(id: string, settings: PrintSettings) {
  const overlay = settings.overlay ? shiftOf(settings) : null;
  if (settings.overlay && overlay === null) {
    return null;
  }
  return { id, paper: settings.paper || null, overlay };
}

export function usePrint(id: string, settings: PrintSettings) {
  const client = useClient();
  const changed = useChanged();
  const [done, setDone] = useState<Done | null>(null);
  const order = orderOf(id, settings);

  const looked = useQuery({
    queryKey: ["preview", order],
    queryFn: () => client.call("form_print", { ...order, id, preview: true, pictures: true }),
    enabled: order !== null,
    // Each look is recorded: one for each way it is looked at, not one for each focus.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const printers = useQuery({
    queryKey: ["printer_list"],
    queryFn: () => client.call("printer_list", {}),
    retry: false,
  });
  const printed = (mark: PrintMark, times: number, printer: string) => {
    setDone({ mark, times, printer });
    void changed("form_print");
  };

  /** Hands the form to the chosen printer, or gives its pages for the system's dialog. */
  const print = useMutation({
    mutationFn: async (): Promise<string[] | null> => {
      if (order === null) {
        return null;
      }
      if (settings.printer !== "") {
        const sent = await client.call("form_send", { ...order, printer: settings.printer });
        printed(sent.mark, sent.times, settings.printer);
        return null;
      }
      const sheet = await client.call("form_print", { ...order, pictures: true });
      printed(sheet.mark, sheet.times, "");
      return sheet.pictures;
    },
  });
  /** The page that shows how far the printer is off. */
  const align = useMutation({
    mutationFn: async () => {
      const shift = shiftOf(settings) ?? { x: 0, y: 0 };
      const page = await client.call("alignment_print", { paper: settings.paper || null, shift });
      return page.pictures;
    },
  });
  return { looked, printers: printers.data ?? [], print, align, done, valid: order !== null };
}
