package dev.wane.watch;

import java.util.List;
import java.util.Locale;

/** Looks for one thing in a run. */
interface Diagnoser {
    /** What it finds; empty where there is nothing, or where the log does not say enough. */
    List<Diagnosis> look(WatchedRun run);

    /** Four significant digits. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.4g", value);
    }
}
