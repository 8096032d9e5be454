package dev.wane.cli;

import dev.wane.lab.run.TrialListener;
import dev.wane.lab.transfer.Outline;
import dev.wane.lab.trial.TrialSpec;
import java.util.HashSet;
import java.util.Set;

/**
 * How far a study is, and how long it will still take: the outline's cost that is left, at the pace of the trials that
 * this process has finished.
 */
final class Progress implements TrialListener {
    private final Outline outline;
    private final int workers;
    private final ProgressLine line;
    private final long start = System.nanoTime();
    private final Set<String> planned = new HashSet<>();

    private int done;
    private double costDone;
    private double costTrained;
    private double secondsTrained;
    private double lastShown = Double.NEGATIVE_INFINITY;

    Progress(Outline outline, int workers, ProgressLine line) {
        this.outline = outline;
        this.workers = workers;
        this.line = line;
    }

    @Override
    public synchronized void planned(TrialSpec spec, boolean alreadyDone) {
        if (planned.add(spec.id()) && alreadyDone) {
            done++;
            costDone += Outline.cost(spec);
        }
    }

    @Override
    public synchronized void finished(TrialSpec spec, double seconds) {
        done++;
        costDone += Outline.cost(spec);
        costTrained += Outline.cost(spec);
        secondsTrained += seconds;
        double now = (System.nanoTime() - start) / 1e9;
        if (now - lastShown >= line.pace()) {
            lastShown = now;
            line.show(text(now));
        }
    }

    @Override
    public synchronized void failed(TrialSpec spec, String reason) {
        done++;
        costDone += Outline.cost(spec);
        line.show("trial " + spec.id().substring(0, 12) + " " + reason);
    }

    synchronized void end() {
        line.end();
    }

    private String text(double now) {
        int expected = Math.max(
                outline.stages().stream().mapToInt(Outline.Stage::trials).sum(), planned.size());
        return stage() + " · trial " + done + " of about " + expected + " · " + Durations.of(now) + " · about "
                + Durations.of(secondsLeft()) + " left";
    }

    private String stage() {
        int trials = 0;
        for (Outline.Stage stage : outline.stages()) {
            trials += stage.trials();
            if (done <= trials) {
                return stage.name();
            }
        }
        return outline.stages().getLast().name();
    }

    private double secondsLeft() {
        double costLeft = Math.max(0, outline.cost() - costDone);
        return costTrained == 0 ? 0 : costLeft * secondsTrained / costTrained / workers;
    }
}
