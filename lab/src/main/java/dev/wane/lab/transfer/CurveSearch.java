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
 * The search for the best λ of one arrangement: a grid on the experiment's lattice, grown by one λ on the side where the
 * best stands at its edge, at most {@code extend} times.
 */
final class CurveSearch {
    private final Trials trials;
    private final Trials.Arrangement arrangement;
    private final Tuning lattice;
    private final TreeSet<Integer> places;
    private int extensionsLeft;

    CurveSearch(Trials trials, Trials.Arrangement arrangement, Tuning lattice, List<Integer> places) {
        this.trials = trials;
        this.arrangement = arrangement;
        this.lattice = lattice;
        this.places = new TreeSet<>(places);
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
        int edge = curve.edge();
        if (edge == 0 || extensionsLeft == 0 || !curve.trained()) {
            return false;
        }
        extensionsLeft--;
        places.add(edge < 0 ? places.first() - 1 : places.last() + 1);
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
