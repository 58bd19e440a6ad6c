"""RECIST 1.1, pure: lesions and days in, responses out (Eisenhauer et al. 2009).

The scalar form (one subject, plain Python) is the tested truth; the array form (whole studies,
numpy) gives the same answers.

====================================  ==================================  =====================
question                              scalar form                         array form
====================================  ==================================  =====================
a visit's responses from its lesions  ``assess.assess``                   ``assess_table``
best overall response                 ``best.best_response``              ``best_table``
confirmed best overall response       ``best.confirmed_response``         ``best_table``
worst response of one day             ``window.worst_of_day``             ``window_table``
depth of response                     ``depth.depth_of_response``         ``depth.depth_table``
first day of a new lesion             ``nontarget.new_lesion_days``       ``nontarget_table``
were the targets well chosen          ``baseline.baseline_remarks``       (by subject)
====================================  ==================================  =====================
"""
