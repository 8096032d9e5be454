package dev.wane.formats.runs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A run that somebody trained.
 *
 * @param name as its tracker calls it
 * @param finished false where the tracker says that it failed, was stopped or still runs
 * @param settings what it was started with, by names of dots; a table does not tell settings from results, and has both here
 * @param figures what it reached
 */
public record PastRun(String name, boolean finished, Map<String, String> settings, Map<String, Extent> figures) {
    public PastRun {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }
}
