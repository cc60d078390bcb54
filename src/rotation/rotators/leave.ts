/** Ends a connection as its protocol has it; one whose other end is silent is cut. */
export async function leave(end: () => Promise<unknown>, cut: () => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const silent = new Promise((resolve) => {
    timer = setTimeout(resolve, 2000);
  });
  await Promise.race([end(), silent]).catch(() => undefined);
  clearTimeout(timer);
  cut();
}
