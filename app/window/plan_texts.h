// Sentences for people about plans: what is not known, what stands in the way, what would help.
#pragma once

#include "analysis/rebuild_plan.h"

#include <QString>

namespace layerline {

QString gapSentence(const Missing& missing);
QString obstacleSentence(const Obstacle& obstacle);
QString obstacleHelp(const Obstacle& obstacle);

} // namespace layerline
