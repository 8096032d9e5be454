package dev.wane.lab.transfer;

import dev.wane.formats.experiment.Tuning;
import dev.wane.lab.fit.Curve;
import dev.wane.lab.fit.Point;
import dev.wane.lab.trial.TrialSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * The search for the best λ of one arrangement: the start of a grid on the experiment's lattice, grown by one λ on the
 * side where the best stands at its edge, beyond the grid at most {@code extend} times. While nothing trains it looks at
 * smaller λ.
 */
final class CurveSearch {
    private final Trials trials;
    private final Trials.Arrangement arrangement;
    private final Tuning lattice;
    private final SearchGrid grid;
    private final TreeSet<Integer> places;
    private int extensionsLeft;

    CurveSearch(Trials trials, Trials.Arrangement arrangement, Tuning lattice, SearchGrid grid) {
        this.trials = trials;
        this.arrangement = arrangement;
        this.lattice = lattice;
        this.grid = grid;
        this.places = new TreeSet<>(grid.start());
        this.extensionsLeft = lattice.extend();
    }

    /** Every trial of the grid as it is now. */
    List<TrialSpec> trials() {
        return places.stream()
                .flatMap(place -> trials.tuning(arrangement, lattice.at(place)).stream())
                .toList();
    }

    /**
     * Looks at the results of {@link #trials()}.
     *
     * @return true if the grid grew and has new trials
     */
    boolean grow(ToDoubleFunction<TrialSpec> metric) {
        Curve curve = curve(metric);
        int edge = curve.trained() ? curve.edge() : -1;
        int next = edge < 0 ? places.first() - 1 : places.last() + 1;
        boolean beyond = !grid.places().contains(next);
        if (edge == 0 || (beyond && (extensionsLeft == 0 || !curve.trained()))) {
            return false;
        }
        extensionsLeft -= beyond ? 1 : 0;
        places.add(next);
        return true;
    }

    /** The measured curve; all of {@link #trials()} have results. */
    Curve curve(ToDoubleFunction<TrialSpec> metric) {
        List<Point> points = new ArrayList<>();
        for (int place : places) {
            double weightDecay = lattice.at(place);
            double[] values = trials.tuning(arrangement, weightDecay).stream()
                    .mapToDouble(metric)
                    .toArray();
            points.add(new Point(place, weightDecay, values));
        }
        return new Curve(points);
    }

    Trials.Arrangement arrangement() {
        return arrangement;
    }
}
