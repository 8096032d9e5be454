package dev.wane.lab.trial;

import dev.wane.engine.Examples;
import dev.wane.engine.Model;
import java.util.Map;

/** Something to learn: training examples, and a map from a trained model to named metrics. */
public interface Task {
    Examples training();

    int features();

    int classes();

    /** Named metrics of a trained model; all are finite unless the model is broken. */
    Map<String, Double> evaluate(Model model);
}
