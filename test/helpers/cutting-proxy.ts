import net from 'node:net';

/** Between a client and a server on this machine. */
export interface CuttingProxy {
  readonly port: number;
  /** Told of what the client sends, as Latin-1; 'cut' cuts the connection when the server answers to it, unseen. */
  onSend: (text: string) => 'cut' | undefined;
  close(): Promise<void>;
}

/** Hands bytes on between whoever connects and this port, until it is told to cut. */
export async function cuttingProxyTo(port: number, host = '127.0.0.1'): Promise<CuttingProxy> {
  const open = new Set<net.Socket>();

  const server = net.createServer((client) => {
    const target = net.connect(port, host);
    let isDoomed = false;
    const end = () => {
      client.destroy();
      target.destroy();
    };
    for (const socket of [client, target]) {
      open.add(socket);
      socket.setNoDelay().on('error', end);
      socket.on('close', () => {
        open.delete(socket);
        end();
      });
    }
    client.on('data', (bytes) => {
      isDoomed ||= proxy.onSend(bytes.toString('latin1')) === 'cut';
      target.write(bytes);
    });
    target.on('data', (bytes) => (isDoomed ? end() : client.write(bytes)));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));

  const proxy: CuttingProxy = {
    port: (server.address() as net.AddressInfo).port,
    onSend: () => undefined,
    close: () => {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
  return proxy;
}
