// The tabs of an app that keeps secrets: whoever locks, makes or deletes the vault in one of them does it in all.

/** What other tabs are told: that something was written, that the vault was locked, made or deleted. */
export const NEWS = ['changed', 'locked', 'created', 'wiped'] as const;
export type News = (typeof NEWS)[number];
export type Tabs = {
  readonly tell: (news: News) => void;
  readonly listen: (listener: (news: News) => void) => void;
  /** Runs a task unless another tab is at one of this name. @returns whether it ran */
  readonly alone: (name: string, task: () => Promise<void>) => Promise<boolean>;
};
