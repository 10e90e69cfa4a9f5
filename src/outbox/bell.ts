/** What lets one place wait until something happens, at most so long. */
export function createBell() {
  let ring = (): void => {};
  return {
    ring: () => ring(),
    /** To be called before looking, so that what rings meanwhile is heard. */
    next: (withinMs: number) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, withinMs);
        ring = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
}
