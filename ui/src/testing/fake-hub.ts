// A hub as a workstation meets it, in memory: alone at first; a test or a look joins it.
import type { ApiError, HubView, MemberView } from "../api/bindings";

const OUT_OF_REACH =
  "Chưa kết nối được máy chủ chung (connection refused). Quầy vẫn đăng ký được: tờ khai là tạm thời và tự gửi đi khi có mạng. Nếu kéo dài, hãy báo người quản trị mạng.";

const ALONE: HubView = {
  joined: false,
  reached: false,
  met: null,
  unsent: 0,
  position: 0,
  clock_offset_ms: 0,
  trouble: null,
};

/** A view of a hub that is in reach and has everything. */
export const hubView = (extra: Partial<HubView> = {}): HubView => ({
  ...ALONE,
  joined: true,
  reached: true,
  met: "2026-11-24T02:00:00Z",
  position: 40,
  ...extra,
});

/** A view of one that is out of reach, with what keeps us from it. */
export const awayView = (extra: Partial<HubView> = {}): HubView =>
  hubView({
    reached: false,
    unsent: 3,
    trouble: { code: "out_of_reach", message: OUT_OF_REACH },
    ...extra,
  });

export const memberView = (extra: Partial<MemberView> = {}): MemberView => ({
  series: "series-1",
  name: "QUAY-01",
  version: "0.1.0",
  own: false,
  seen: "2026-11-24T02:00:00Z",
  held: 1204,
  unsent: 0,
  behind: 0,
  clock_offset_ms: 0,
  lost: false,
  ...extra,
});

/** The hub behind the fake server: stands as it is told, until an exchange sends what waits. */
export class FakeHub {
  constructor(private view: HubView = ALONE) {}

  /** From now on it stands like this. */
  stand(view: HubView): void {
    this.view = view;
  }

  /** Whether what is granted now was granted without it. */
  get provisional(): boolean {
    return this.view.joined && !this.view.reached;
  }

  handlers(fail: (code: ApiError["code"], message: string) => never) {
    return {
      hub_status: () => this.view,
      hub_sync: () => {
        const { reached, unsent, position } = this.view;
        if (reached) {
          this.view = { ...this.view, unsent: 0, position: position + unsent };
        }
        return this.view;
      },
      hub_members: () => {
        if (this.provisional) {
          fail("unreached", OUT_OF_REACH);
        }
        const seen = new Date().toISOString();
        return this.view.joined
          ? [
              memberView({ own: true, seen }),
              memberView({ series: "series-2", name: "QUAY-02", seen, unsent: 2 }),
            ]
          : [];
      },
    };
  }
}
