#!/bin/sh
# Founds a federation for a trial in /federation: three roots of which two sign, the hub, oversight and three agencies, what each pair
# of them has agreed, and the first rules. In earnest each root and each agency makes its own keys on a machine of its own: see
# "Adding an agency" in OPERATIONS.md. What is there already is not made again, so it may be repeated.
set -eu
if [ -e /federation/.founded ]; then
  echo 'the federation is founded already'
  exit 0
fi
if [ -e /federation/anchor.json ]; then
  echo 'a founding was interrupted: delete the folder federation among the secrets, and begin again' >&2
  exit 1
fi
cd /tmp
sign='--dir /federation --sign-with root-1 --sign-with root-2'
tripoint federation init --dir /federation --name trial.tripoint
enrol() {
  id=$1 kind=$2 state=$3 clearance=$4 name=$5
  # shellcheck disable=SC2086 -- options, one by one
  tripoint federation enrol --agency "$id" --kind "$kind" --state "$state" --clearance "$clearance" --name "en=$name" $sign
}
enrol hub HUB BG UNCLASSIFIED 'Tripoint hub'
enrol oversight OVERSIGHT BG R-UE/EU-R 'Independent oversight'
enrol bg-border-police BORDER_POLICE BG R-UE/EU-R 'General Directorate Border Police'
enrol gr-police POLICE GR R-UE/EU-R 'Hellenic Police'
enrol tr-police POLICE TR BPL 'Turkish National Police'
# shellcheck disable=SC2086
{
  tripoint federation pair --a bg-border-police --b gr-police --ceiling R-UE/EU-R --onward ALLOWED $sign
  tripoint federation pair --a bg-border-police --b tr-police --ceiling BPL --onward WITH_AUTHORISATION $sign
  tripoint federation pair --a gr-police --b tr-police --ceiling BPL --onward WITH_AUTHORISATION $sign
  tripoint policy bundle --out /tmp/bundle
  tripoint federation activate-policy --bundle /tmp/bundle $sign
}
: >/federation/.founded
