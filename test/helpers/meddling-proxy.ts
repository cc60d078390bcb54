import net from 'node:net';

/** What becomes of what a client sent: it goes on, its answer is cut off unseen, or these bytes are the answer. */
type Fate = undefined | 'cut' | Uint8Array;

/** Between a client and a server on this machine. */
export interface MeddlingProxy {
  readonly port: number;
  /** Told of what a client sends, as Latin-1. */
  onSend: (text: string) => Fate;
  /** As if there were no server: who connects is thrown out. */
  isDown: boolean;
  close(): Promise<void>;
}

/** Hands bytes on between whoever connects and this port, as long as nothing else is asked of it. */
export async function meddlingProxyTo(port: number, host = '127.0.0.1'): Promise<MeddlingProxy> {
  const open = new Set<net.Socket>();
  const keep = (socket: net.Socket, end: () => void) => {
    open.add(socket.setNoDelay());
    socket.on('error', end).on('close', () => {
      open.delete(socket);
      end();
    });
  };

  const server = net.createServer((client) => {
    if (proxy.isDown) return void client.resetAndDestroy();
    const target = net.connect(port, host);
    const end = () => {
      client.destroy();
      target.destroy();
    };
    keep(client, end);
    keep(target, end);
    let isDoomed = false;
    client.on('data', (bytes) => {
      const fate = proxy.onSend(bytes.toString('latin1'));
      if (fate instanceof Uint8Array) return void client.write(fate);
      isDoomed ||= fate === 'cut';
      target.write(bytes);
    });
    target.on('data', (bytes) => {
      if (isDoomed) end();
      else client.write(bytes);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));

  const proxy: MeddlingProxy = {
    port: (server.address() as net.AddressInfo).port,
    onSend: () => undefined,
    isDown: false,
    close: () => {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
  return proxy;
}
