import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { keys } from '../http/keys.ts'
import { request } from '../http/request.ts'

/** The holidays of a year, official and of the company. */
export function useCalendar(year: number) {
  return useQuery({
    queryKey: keys.calendar(year),
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => request('getCalendar', { query: { year }, signal }),
  })
}

export interface CalendarDay {
  day: string
  as: 'holiday' | 'workday' | 'official'
  name?: string
  reason?: string
}

/** Says of a day what it is; the answer is its year. */
export function useSetCalendarDay() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: CalendarDay) => request('setCalendarDay', { body }),
    onSuccess: (calendar) => {
      client.setQueryData(keys.calendar(calendar.year), calendar)
      return client.invalidateQueries({ queryKey: ['calendar'] })
    },
  })
}
