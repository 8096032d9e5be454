package dev.wane.lab.store;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;

/**
 * A process that runs trials. Its name carries enough to tell, on the same machine, whether it still lives.
 *
 * @param host machine
 * @param pid process
 * @param started epoch milliseconds: a pid is used again
 */
public record Owner(String host, long pid, long started) {
    public static Owner current() {
        ProcessHandle self = ProcessHandle.current();
        return new Owner(localHost(), self.pid(), started(self));
    }

    static Owner parse(String text) {
        String[] parts = text.split("/", -1);
        return new Owner(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    /** Whether this process is known to have ended; false for another machine's. */
    boolean isDead() {
        return host.equals(localHost())
                && ProcessHandle.of(pid)
                        .filter(process -> process.isAlive() && started(process) == started)
                        .isEmpty();
    }

    @Override
    public String toString() {
        return host + "/" + pid + "/" + started;
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String localHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // A machine that cannot resolve its own name is alone with its stores.
            return "localhost";
        }
    }
}
