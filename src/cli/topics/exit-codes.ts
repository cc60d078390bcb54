export const page = `What the exit code says:

    0  done
    1  the answer is no: differences were found, a signature is false, a check found something
    2  the command line is wrong
    3  it isn't there
    4  not signed in, or not allowed
    5  conflict: it exists, is scheduled for deletion, or has moved on since it was read
    6  the service could not be reached, or kept throttling
    7  integrity: tampered, truncated, wrong key or wrong context
    8  part of it was done; the list says which
   70  a bug of ours: please report
  126, 127  "exec": the command may not be run, or there is none of that name
  130  interrupted; "exec" gives the child's own status, 128+N for a signal
`;
