package dev.wane.lab.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A small process that outlives Wane's own: told of each trial's process, it ends those that are left when its input ends,
 * which is when Wane is gone, however it went. It is started by {@link Trialwatch} and needs the JDK alone.
 */
public final class Janitor {
    private Janitor() {}

    private record Trial(long pid, long started, String mark) {}

    /** Reads {@code + pid start mark} and {@code - pid} until the end. */
    public static void main(String[] arguments) throws IOException {
        Map<Long, Trial> running = new LinkedHashMap<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", -1);
                if (words[0].equals("+")) {
                    long pid = Long.parseLong(words[1]);
                    running.put(pid, new Trial(pid, Long.parseLong(words[2]), words[3]));
                } else {
                    running.remove(Long.valueOf(words[1]));
                }
            }
        }
        running.values().forEach(Janitor::end);
    }

    /** A number that another process has by now began at another time. */
    private static void end(Trial trial) {
        ProcessTree.end(
                ProcessHandle.of(trial.pid()).filter(process -> started(process) == trial.started()), trial.mark());
    }

    /** Milliseconds; 0 where the system does not say. */
    static long started(ProcessHandle process) {
        return process.info()
                .startInstant()
                .map(java.time.Instant::toEpochMilli)
                .orElse(0L);
    }
}
