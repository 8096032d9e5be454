package dev.wane.watch;

import java.util.Comparator;
import java.util.List;

/** All that is looked for. */
public final class Diagnoses {
    private static final List<Diagnoser> ALL = List.of(
            new LossNotFinite(),
            new ScheduleSpeed(),
            new SettingsDiffer(),
            new DecayOutlivesRate(),
            new InertDecay(),
            new LostInBfloat16(),
            new EquilibriumReached(),
            new ShrinkingGains(),
            new LossCycles(),
            new GradientRise(),
            new LowNormRows(),
            new DecayedFrozenRows());

    private Diagnoses() {}

    /**
     * What a run shows, the worst first.
     *
     * @param run any run
     * @return diagnoses; none for a run that shows nothing
     */
    public static List<Diagnosis> of(WatchedRun run) {
        return ALL.stream()
                .flatMap(diagnoser -> diagnoser.look(run).stream())
                .sorted(Comparator.comparing(Diagnosis::severity))
                .toList();
    }
}
