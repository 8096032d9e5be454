package dev.wane.cli;

import dev.wane.formats.problem.Problems;
import dev.wane.formats.runs.MetricChoice;
import dev.wane.formats.runs.RunColumns;
import dev.wane.formats.runs.RunRecipes;
import dev.wane.formats.runs.RunSet;
import dev.wane.formats.runs.SweepRun;
import dev.wane.lab.past.Sources;
import dev.wane.lab.past.SweepAnalysis;
import dev.wane.lab.past.SweepFindings;
import dev.wane.lab.store.PastRunStore;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads and analyses past runs; apart from the options, which are loaded where the laboratory may be missing. */
final class PastFindings {
    private PastFindings() {}

    /** Reads sources, all or none. */
    static List<RunSet> read(List<String> sources) {
        Problems problems = new Problems();
        List<RunSet> sets = new ArrayList<>();
        sources.forEach(source -> problems.attempt(() -> sets.add(Sources.read(source, System.getenv()))));
        problems.throwIfAny();
        return sets;
    }

    /** Keeps them in a store, each source whole. */
    static void keep(List<RunSet> sets, Path store) {
        try (PastRunStore past = PastRunStore.open(store)) {
            sets.forEach(set -> past.put(kept(set)));
        }
    }

    /** A path means the same file wherever the next call is made. */
    private static RunSet kept(RunSet set) {
        try {
            return new RunSet(Path.of(set.source()).toRealPath().toString(), set.kind(), set.runs(), set.larger());
        } catch (IOException | InvalidPathException e) {
            // An address, or a study in a file, is kept as it is written.
            return set;
        }
    }

    /** What the runs say, every problem of settings and figure at once. */
    static SweepFindings of(List<RunSet> sets, PastOptions options, RecipeOptions recipe) {
        RunSet set = RunSet.merged(sets);
        Problems problems = new Problems();
        options.check(problems);
        RunColumns found = options.columns(set, problems);
        List<SweepRun> runs = RunRecipes.of(set.runs(), found, node -> recipe.over(node, problems), problems);
        MetricChoice chosen = MetricChoice.of(set, options.metric, options.mode, options.pick.equals("best"), problems);
        problems.throwIfAny();
        List<Integer> sizes = sets.stream().map(each -> each.runs().size()).toList();
        return SweepAnalysis.of(set, sizes, runs, Objects.requireNonNull(chosen));
    }
}
