package dev.wane.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command as a whole process. */
final class WaneProcess {
    private static final int POLL_MILLIS = 20;
    private static final int KIB = 1024;

    private WaneProcess() {}

    /**
     * Runs it to its end.
     *
     * @param expected what its output must contain
     * @return peak resident memory in MiB, as Linux counts it; 0 elsewhere
     * @throws IllegalStateException if it fails or says something else
     */
    static double run(List<String> command, String expected) {
        try {
            Path output = Files.createTempFile("wane", "out");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            double peak = 0;
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                peak = Math.max(peak, resident(process.pid()));
            }
            String printed = Files.readString(output);
            Files.delete(output);
            if (process.exitValue() != 0 || !printed.contains(expected)) {
                throw new IllegalStateException(command + " ended with " + process.exitValue() + ": " + printed);
            }
            return peak;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The process may end while it is looked at. */
    private static double resident(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / KIB)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
