/** An error as a server of this engine says it on the wire, in answer to a query. */
export function errorAnswer(engine: string, error: DatabaseError): Uint8Array {
  return engine === 'postgres' ? postgresError(error) : mysqlError(error);
}

interface DatabaseError {
  readonly state: string;
  readonly number: number;
  readonly message: string;
}

export const diskFull = { state: '53100', number: 1021, message: 'could not write: No space left on device' };
/** SQLSTATE 22023 and errno 1819, which are what policies answer with. */
export const againstPolicy = { state: '22023', number: 1819, message: 'the password is against the policy' };

/** https://www.postgresql.org/docs/current/protocol-message-formats.html: ErrorResponse, ReadyForQuery */
function postgresError({ state, message }: DatabaseError): Uint8Array {
  const fields = Buffer.from(`SERROR\0VERROR\0C${state}\0M${message}\0\0`);
  return Buffer.concat([
    Buffer.from('E'),
    length(fields.length + 4),
    fields,
    Buffer.from('Z'),
    length(5),
    Buffer.from('I'),
  ]);
}

function length(bytes: number): Buffer {
  const written = Buffer.alloc(4);
  written.writeUInt32BE(bytes);
  return written;
}

/** https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_err_packet.html, the first packet of an answer */
function mysqlError({ number, message }: DatabaseError): Uint8Array {
  const body = Buffer.concat([Buffer.from([0xff, number & 0xff, number >> 8]), Buffer.from(`#HY000${message}`)]);
  return Buffer.concat([Buffer.from([body.length & 0xff, body.length >> 8, 0, 1]), body]);
}
