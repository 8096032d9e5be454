package dev.wane.watch;

import dev.wane.groups.ParameterRole;
import java.util.List;
import java.util.stream.Stream;

/** Gains of normalisations that are decayed and shrink towards 0. */
final class ShrinkingGains implements Diagnoser {
    private static final double LEFT = 0.5;

    @Override
    public List<Diagnosis> look(WatchedRun run) {
        List<Shrunk> shrunk = run.parameters().stream()
                .filter(parameter -> parameter.decayed() && parameter.role() == ParameterRole.NORM)
                .flatMap(parameter -> run.norm(parameter, WatchedRun.Norm.WEIGHT).stream()
                        .map(trace -> Shrunk.of(parameter.name(), trace)))
                .filter(each -> each.left() < LEFT)
                .toList();
        return Stream.of(shrunk)
                .filter(each -> !each.isEmpty())
                .map(ShrinkingGains::found)
                .toList();
    }

    private static Diagnosis found(List<Shrunk> shrunk) {
        Shrunk worst = shrunk.stream()
                .min((a, b) -> Double.compare(a.left(), b.left()))
                .orElseThrow();
        return new Diagnosis(
                "shrinking-gains",
                Diagnosis.Severity.WARNING,
                shrunk.size() + " decayed gains have shrunk, most " + worst.name() + ", to "
                        + Diagnoser.number(100 * worst.left()) + " % of its size",
                "below " + Diagnoser.number(100 * LEFT) + " % of the first measured",
                shrunk.stream().mapToDouble(Shrunk::step).min().orElseThrow(),
                "leave gains and biases of normalisations out of the decay: wane groups shows them",
                "Goyal et al. (1706.02677), section 5.3");
    }

    private record Shrunk(String name, double left, double step) {
        static Shrunk of(String name, Trace trace) {
            double first = trace.first().value();
            double step = trace.samples().stream()
                    .filter(sample -> sample.value() < LEFT * first)
                    .mapToDouble(Sample::step)
                    .findFirst()
                    .orElse(Double.NaN);
            return new Shrunk(name, trace.last().value() / first, step);
        }
    }
}
