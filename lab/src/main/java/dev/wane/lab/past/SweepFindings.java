package dev.wane.lab.past;

import dev.wane.formats.runs.MetricChoice;
import java.util.List;

/**
 * What past runs say.
 *
 * @param source where they were read
 * @param kind what kind of source it is
 * @param metric by which they are judged
 * @param counts what became of them
 * @param settings in order of their number of runs, the largest first
 * @param dimensions the surest effect first
 * @param notes what to know besides
 */
public record SweepFindings(
        String source,
        String kind,
        MetricChoice metric,
        RunCounts counts,
        List<SettingFindings> settings,
        List<DimensionFinding> dimensions,
        List<String> notes) {}
